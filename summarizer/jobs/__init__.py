"""Jobs: many articles by several tasks, in a store that can be killed and resumed."""
