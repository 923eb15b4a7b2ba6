#include "reception/reception_test.h"

enum rc office_make(struct ctx *c, const struct world *w, struct office *ret)
{
	const struct actor *planner = &w->staff[3][POST_HEAD];
	struct reception_head_new h = { .body = w->body[3], .kind = S("head"), .name = S("Нұрлан Ахметов"), .post_kk = S("Әкім"), .post_ru = S("Аким"), .post_en = S("Akim") };
	struct reception_centre_new r = { .body = w->body[3], .place = w->place, .kind = S("centre"), .name_kk = S("Қабылдау орталығы"), .name_ru = S("Центр приёма"),
					  .name_en = S("Reception centre"), .address = S("Абай көшесі, 1"), .counters = 3 };
	struct reception_day_new d = { .from_min = 15 * 60, .to_min = 17 * 60, .slot_min = 15, .on = { when_day(w->monday).v + 2 }, .kind = S("person") };

	TRY(reception_head_add(c, planner, &h, &ret->head));
	h.kind = S("deputy");
	h.name = S("Сәуле Қасымова");
	TRY(reception_head_add(c, planner, &h, &ret->deputy));
	TRY(reception_centre_add(c, planner, &r, &ret->room));
	d.head = ret->head;
	d.centre = ret->room;
	TRY(reception_day_add(c, planner, &d, &ret->day));
	return reception_slots_of(c->db, ret->day, &ret->slots);
}
