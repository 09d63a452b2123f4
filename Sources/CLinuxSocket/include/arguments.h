/* The words that this program was started with. */
#ifndef CLINUXSOCKET_ARGUMENTS_H
#define CLINUXSOCKET_ARGUMENTS_H

/* The word with this number, the program's own name first; NULL past the end. Needs no /proc, which
 * Swift's CommandLine reads (/proc/self/cmdline) and without which it has no words at all. */
const char *_Nullable wire_argument(int index);

#endif
