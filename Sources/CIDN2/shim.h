/*
 * GNU libidn2: names of domains in Unicode, and in the ASCII that name servers know (IDNA2008).
 *
 * GnuTLS stands on it, so it is in the process anyway. Its options are macros with types that the Swift
 * importer does not see.
 */
#ifndef CIDN2_SHIM_H
#define CIDN2_SHIM_H

#include <idn2.h>

/* As browsers and MTAs do: mapped by UTS #46, not transitional. */
static const int cidn2_lookup = IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT;

static const int cidn2_ok = IDN2_OK;

#endif
