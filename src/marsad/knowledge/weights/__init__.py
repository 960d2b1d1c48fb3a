"""What was learnt: one JSON file a linear model, features by name with a weight for each class. Written by `tools/learn.py`, read by `reading/weights.py`."""
