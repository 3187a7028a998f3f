"""The words of a text: tokens, sentences and clauses, and the lists that say what words mean."""
