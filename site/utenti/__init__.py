"""People who sign in: user, roles, second factor, private area."""
