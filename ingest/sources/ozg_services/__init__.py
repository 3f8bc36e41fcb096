"""What the administration is asked for: OZG Lagen and Leistungen, and the services of the LeiKa."""
