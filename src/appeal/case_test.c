#include "appeal/case_test.h"

static const struct str two_points[] = { S_INIT("Жолдағы шұңқырды жөндеңіз"), S_INIT("Жарық шамын қойыңыз") };

struct appeal_filing case_filing(const struct world *w)
{
	return (struct appeal_filing){
		.kind = S("application"), .origin = S("web"), .lang = S("kk"), .title = S("Абай көшесіндегі шұңқыр"),
		.text = S("Абай көшесінде үлкен шұңқыр бар, көліктер сынып жатыр. Жөндеуді және жарық қоюды сұраймын."), .topic = S("roads"),
		.points = two_points, .n_points = 2, .place = w->place, .body = w->body[0], .name = S("Айгүл Серікқызы"),
		.email = S("aigul@example.kz"), .account = w->citizen.account, .identifier = S("900101400007"), .agreed_public = true,
	};
}

/* Opens the same appeal as somebody else. */
enum rc case_as(struct ctx *c, const struct actor *who, const struct appeal_case *k, struct appeal_case *ret)
{
	return appeal_open_id(c, who, k->a.id, true, ret);
}

enum rc case_duties(struct ctx *c, const struct appeal_case *k, const char *kind, int64_t *ret)
{
	struct duty_row_list d;

	TRY(duty_open_of(c->db, k->a.id.v, &d));
	*ret = 0;
	for (size_t i = 0; i < d.n; i++)
		*ret += str_eq(d.v[i].kind, str_of(kind));
	return RC_OK;
}

enum rc case_events(struct ctx *c, const struct appeal_case *k, const char *kind, struct event_row *ret_last, int64_t *ret)
{
	struct event_row_list e;

	TRY(event_list(c->db, k->a.id, &e));
	*ret = 0;
	for (size_t i = 0; i < e.n; i++)
		if (str_eq(e.v[i].kind, str_of(kind))) {
			*ret_last = e.v[i];
			++*ret;
		}
	return RC_OK;
}

/* Filed and registered by the first body; ret as its registrar sees it. */
enum rc case_registered(struct ctx *c, const struct world *w, struct appeal_case *ret)
{
	struct appeal_filing f = case_filing(w);
	struct appeal_registering r = { 0 };
	struct appeal_case k;

	TRY(appeal_file(c, &w->citizen, &f, &k));
	TRY(case_as(c, &w->staff[0][POST_REGISTRAR], &k, ret));
	return appeal_register(c, ret, &r);
}

/* In the executor's hands. */
enum rc case_in_work(struct ctx *c, const struct world *w, struct appeal_case *ret)
{
	struct appeal_case k;

	TRY(case_registered(c, w, &k));
	TRY(case_as(c, &w->staff[0][POST_EXECUTOR], &k, ret));
	return appeal_take(c, ret);
}

struct answer_text case_good_answer(void)
{
	struct answer_text t = { .text = S("Абай көшесіндегі шұңқыр 12 ақпанға дейін жөнделеді, жарық шамы да қойылады. Жұмысты жол бөлімі жасайды."), .decision = S("granted"), .lang = S("kk") };

	t.n_parts = 2;
	for (int i = 0; i < 2; i++) {
		t.parts[i].number = i + 1;
		t.parts[i].text = S("Иә, 12 ақпанға дейін жасаймыз.");
	}
	return t;
}

enum rc case_signed(struct ctx *c, const struct world *w, size_t body, const struct appeal_case *k, const struct answer_text *t)
{
	struct appeal_case x;
	struct answer_whole a;

	TRY(case_as(c, &w->staff[body][POST_EXECUTOR], k, &x));
	TRY(answer_draft_save(c, &x, t, &a));
	TRY(answer_submit(c, &x, &a));
	TRY(case_as(c, &w->staff[body][POST_APPROVER], k, &x));
	TRY(answer_approve(c, &x, &a, S("")));
	TRY(case_as(c, &w->staff[body][POST_SIGNER], k, &x));
	return answer_sign(c, &x, &a);
}

enum rc case_answered(struct ctx *c, const struct world *w, struct appeal_case *ret)
{
	struct answer_text t = case_good_answer();

	TRY(case_in_work(c, w, ret));
	TRY(case_signed(c, w, 0, ret, &t));
	return case_as(c, &w->citizen, ret, ret);
}
