"""Coming in: the second factor at the door, and the way back to where somebody was."""
