/* The kernel and C library facts that the Swift importer cannot see.
 *
 * One rule for every call here: what failed comes back as the negated errno, so that nothing can
 * disturb errno between the call and its reading. No state is kept, except in a lookup.
 */
#ifndef CLINUXSOCKET_H
#define CLINUXSOCKET_H

#include "address.h"
#include "arguments.h"
#include "capture.h"
#include "datagrams.h"
#include "error_names.h"
#include "error_queue.h"
#include "events.h"
#include "files.h"
#include "lookup.h"
#include "namespaces.h"
#include "options.h"
#include "packets.h"
#include "route.h"
#include "secrets.h"
#include "stream.h"
#include "tcp_facts.h"
#include "tools.h"

#endif
