"""The categories under which the city of Münster files reports of defects."""
