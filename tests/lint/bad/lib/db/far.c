#include "db/db.h"
#include "html/html.h"
#include "app/ctx.h"
