/*
 * Names of domains in Unicode, and in the ASCII that name servers know (IDNA2008), by GNU libidn2, which is loaded
 * when the first such name comes. GnuTLS stands on it, so it is wherever that is.
 */
#ifndef CIDN2_H
#define CIDN2_H

/* The name in ASCII, mapped as browsers and MTAs do it: by UTS #46, not transitional. NULL with `*problem` where it
 * is none. To be freed by cidn2_free(). */
char *cidn2_to_ascii(const char *name, const char **problem);
/* The same with the labels in Unicode that are so (RFC 5890, U-labels). */
char *cidn2_to_unicode(const char *name, const char **problem);
void cidn2_free(char *name);

#endif
