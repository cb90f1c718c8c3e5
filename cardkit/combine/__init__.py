"""What may be combined: rules and limits compiled to constraints, evaluated, and said to other programs."""
