"""126 reports to a Berlin borough, and the hand-overs that its replies record as text."""
