"""How much of a clean text comes back when its damaged copy is read: masters, damage, measure."""
