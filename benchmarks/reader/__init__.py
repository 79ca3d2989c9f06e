"""How the learned reader was made: model, examples, training, export. None of it is needed to use it."""
