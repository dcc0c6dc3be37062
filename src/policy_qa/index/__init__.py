"""The index: one SQLite file that is the truth, and caches of it that can be made again.

`catalog` reads the truth, `writer` changes it, `vectors` (Chroma) and `keywords` (bm25s) are the caches, which
`caches` writes and checks; `build` makes all of it equal to a corpus, under the `lock` of one writer.
"""
