/* Secrets of the user's in this process. */
#ifndef CLINUXSOCKET_SECRETS_H
#define CLINUXSOCKET_SECRETS_H

#include <stddef.h>

/* prctl(PR_SET_DUMPABLE, 0) and RLIMIT_CORE of 0: nobody gets a core of this process, nor may trace it. */
void wire_forbid_dumps(void);

/* Asks at the terminal, without an echo, for a line of at most `capacity` bytes; its length, or -errno where
 * there is no terminal. Ctrl-C raises SIGINT once the terminal is as it was. */
int wire_ask_for_secret(const char *prompt, char *line, size_t capacity);

#endif
