static enum rc use(struct db *db, struct letter_id letter)
{
	int64_t n;

	return letter_by_person(db, letter, &n);
}
