#include "standard/service.h"
#include "place/place.h"
#include "petition/petition.h"
