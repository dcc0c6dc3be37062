"""policy-qa: answers from Chinese policy and economic reports, every figure traceable to its source."""
