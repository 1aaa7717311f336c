"""The inspection of many files: made files now, the draw and the papers of an inspection later."""
