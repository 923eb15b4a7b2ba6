-- Every request of a signed-in person looks for its session: its id is made of its token's hash now, and no index stands between. Those that were opened
-- before have other ids: whoever was signed in signs in once more.
DELETE FROM session;
DROP INDEX session_by_token;
