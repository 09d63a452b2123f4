#define _GNU_SOURCE
#include "include/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

void wire_forbid_dumps(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

int wire_ask_for_secret(const char *prompt, char *line, size_t capacity) {
  int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return -errno;
  struct termios before;
  if (tcgetattr(terminal, &before) != 0) {
    close(terminal);
    return -ENOTTY;
  }
  struct termios silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(terminal, TCSAFLUSH, &silent);
  ssize_t count = write(terminal, prompt, strlen(prompt));
  count = read(terminal, line, capacity);
  int problem = count < 0 ? errno : 0;
  if (write(terminal, "\n", 1) < 0 && !problem) problem = errno;
  tcsetattr(terminal, TCSAFLUSH, &before);
  close(terminal);
  return problem ? -problem : (int)count;
}
