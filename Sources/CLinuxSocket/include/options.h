/* Socket options, and two things that are asked in the same way. */
#ifndef CLINUXSOCKET_OPTIONS_H
#define CLINUXSOCKET_OPTIONS_H

/*
 * setsockopt(2) with an int, or with the seconds of SO_LINGER, where a negative number switches it off.
 * 0, or the negated errno.
 */
int wire_set_option(int fd, int level, int name, int value);

/* The congestion control's name. TCP_CONGESTION. */
int wire_congestion_control(int fd, char *_Nonnull name, unsigned capacity);

/* Takes the pending error away: 0, or an errno, not negated. SO_ERROR. */
int wire_take_error(int fd);

#endif
