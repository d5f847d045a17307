"""After a near-fatal overdose: who is to be found today, and who the overdose group may hear of."""
