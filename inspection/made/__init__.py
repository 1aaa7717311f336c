"""Made case files: lawful ones of every kind, and the same with one defect planted."""
