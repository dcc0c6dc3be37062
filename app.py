"""Starts the chat: `python app.py`, with the options of `policy-qa serve`."""

import sys

from policy_qa.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "serve")
    main()
