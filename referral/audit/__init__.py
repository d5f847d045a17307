"""The trail: every act and every look, by whom; append-only and chained."""
