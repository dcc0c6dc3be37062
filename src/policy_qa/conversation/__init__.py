"""Follow-up questions, completed by rule from the turns before them."""

from policy_qa.conversation.completion import Completed, complete

__all__ = ["Completed", "complete"]
