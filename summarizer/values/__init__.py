"""What stands in a text as a value: numbers, units, quantities, dates, each read the same wherever it is needed."""
