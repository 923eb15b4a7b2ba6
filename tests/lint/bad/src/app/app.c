#include "app/app.h"
#include "standard/pack.h"
#include "desk/desk.h"
