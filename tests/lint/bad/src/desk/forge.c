struct html h = (struct html){ { "<b>", 3 } };
const char *p = h.markup_.p;
const char *q = "(struct html){ {";
