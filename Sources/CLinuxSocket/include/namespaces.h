/* Network namespaces of one's own: namespaces(7), user_namespaces(7). */
#ifndef CLINUXSOCKET_NAMESPACES_H
#define CLINUXSOCKET_NAMESPACES_H

#include <stddef.h>

/* unshare(2) CLONE_NEWUSER with the caller mapped to root in it, alone. *call names what failed.
 * The process must have one thread. */
int wire_own_users(const char *_Nullable *_Nonnull call);

/* unshare(2) CLONE_NEWNET: the thread stands in a new, empty network from now on. */
int wire_own_network(void);

/* A descriptor of the network the thread stands in; it keeps the network alive. */
int wire_current_network(void);

/* setns(2): the thread goes over to that network. */
int wire_enter_network(int fd);

/* The beginning of a file is replaced by the text; nothing is created. For /proc/sys. */
int wire_write_setting(const char *_Nonnull path, const char *_Nonnull text);

#endif
