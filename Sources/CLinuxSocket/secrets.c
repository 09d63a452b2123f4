#define _GNU_SOURCE
#include "include/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

/* Reads a line byte by byte: no signal of the keyboard may leave a terminal behind that shows nothing. */
static int read_line(int terminal, char *line, size_t capacity) {
  size_t length = 0;
  char byte;
  for (;;) {
    ssize_t count = read(terminal, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    if (count == 0 || byte == '\n' || byte == '\r' || byte == 4) return (int)length;
    if (byte == 3) return -EINTR;
    if (byte == 21) {
      length = 0; /* Ctrl-U */
    } else if (byte == 8 || byte == 127) {
      /* A letter of UTF-8 goes with all of its bytes. */
      while (length > 0 && ((unsigned char)line[--length] & 0xC0) == 0x80) {}
    } else if (length < capacity) {
      line[length++] = byte;
    }
  }
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
  silent.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
  tcsetattr(terminal, TCSAFLUSH, &silent);
  int length = write(terminal, prompt, strlen(prompt)) < 0 ? -errno : 0;
  if (length == 0) length = read_line(terminal, line, capacity);
  if (write(terminal, "\n", 1) < 0 && length >= 0) length = -errno;
  tcsetattr(terminal, TCSAFLUSH, &before);
  close(terminal);
  if (length == -EINTR) raise(SIGINT);
  return length;
}
