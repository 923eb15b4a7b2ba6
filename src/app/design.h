/* design.h: sample rows of the style page. */
#ifndef APP_DESIGN_H
#define APP_DESIGN_H

#include "app/layout/layout.h"

struct design_row {
	struct str number, place;
	unsigned state; /* message */
	enum tone tone;
	int64_t left; /* working days */
};

#endif
