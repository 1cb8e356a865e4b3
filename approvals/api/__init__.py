"""Plans and cooperations over HTTP, and the two acts a program may carry out."""
