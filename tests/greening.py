"""An invented report of a table, which tests of claims are asked about."""

GREENING = """# 三市绿化简报

表1 2021年三市绿化和苗圃

| 城市 | 绿化率（%） | 苗圃数（家） | 苗木投资（亿元） |
| --- | --- | --- | --- |
| 荆州市 | 43.6 | 12 | 20.0 |
| 宜昌市 | 43.9 | 30 | 8.0 |
| 襄阳市 | 40.9 | 21 | 15.0 |
"""
