"""Back-office screens of the objective sheet, under /gestione/peg/."""
