/* reception_test.h: a body with a head, a room and one published day, for the tests of receptions. */
#ifndef RECEPTION_RECEPTION_TEST_H
#define RECEPTION_RECEPTION_TEST_H

#include "app/world_test.h"
#include "reception/reception.h"

struct office {
	struct reception_head_id head, deputy;
	struct reception_centre_id room;
	struct reception_day_id day;
	struct reception_slot_row_list slots; /* of the day, 15:00 to 17:00, every 15 minutes */
};
MUST_USE enum rc office_make(struct ctx *c, const struct world *w, struct office *ret);

#endif
