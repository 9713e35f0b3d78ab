/*
 * Preloaded into a process (LD_PRELOAD), writes down everything it does to the files below DISK_ROOT, in order, into
 * DISK_JOURNAL: a line "op inode offset length" and as many bytes each. disk-recording.ts reads that and makes of it what a
 * disk may hold after a power cut. Memory maps are not recorded: SQLite maps its -shm file only, and makes that anew.
 *
 *   O opened (path)   W written (bytes)   T cut to a length   S synced, a file or the entries of a folder
 *   R renamed (from, NUL, to)   L linked (from, NUL, to)   U removed (path)   M folder made (path)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FILES 65536

/* What is done and what is written down about it are one step, also between threads. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static ino_t inode_of[MAX_FILES];
static const char *root;
static int journal = -1;

static void put(const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    long written = syscall(SYS_write, journal, next, length);
    if (written <= 0) abort();
    next += written;
    length -= (size_t)written;
  }
}

static void note(char op, ino_t inode, off_t offset, const void *bytes, size_t length) {
  char line[96];
  int size = snprintf(line, sizeof line, "%c %lu %lld %zu\n", op, (unsigned long)inode, (long long)offset, length);
  put(line, (size_t)size);
  put(bytes, length);
}

static int is_below(const char *path) {
  return journal >= 0 && path != NULL && strncmp(path, root, strlen(root)) == 0;
}

static int is_file(int file) {
  return file >= 0 && file < MAX_FILES && inode_of[file] != 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("DISK_JOURNAL");
  root = getenv("DISK_ROOT");
  if (name == NULL || root == NULL) return;
  journal = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define LOCKED pthread_mutex_lock(&turn)
#define UNLOCKED \
  do { int before = errno; pthread_mutex_unlock(&turn); errno = before; } while (0)

static void opened(int file, const char *path, int flags) {
  if (file < 0 || file >= MAX_FILES) return;
  struct stat status;
  inode_of[file] = 0;
  if (!is_below(path) || fstat(file, &status) != 0) return;
  inode_of[file] = status.st_ino;
  note('O', status.st_ino, 0, path, strlen(path));
  if (flags & O_TRUNC) note('T', status.st_ino, 0, "", 0);
}

#define MODE \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    MODE REAL(name); LOCKED; int file = real(path, flags, mode); opened(file, path, flags); UNLOCKED; return file; \
  }
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    MODE REAL(name); LOCKED; int file = real(folder, path, flags, mode); opened(file, path, flags); UNLOCKED; return file; \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int file) {
  REAL(close); LOCKED;
  if (file >= 0 && file < MAX_FILES) inode_of[file] = 0;
  int result = real(file); UNLOCKED; return result;
}

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(write);
  if (!is_file(file)) return real(file, bytes, length);
  LOCKED;
  ssize_t written = real(file, bytes, length);
  if (written > 0) note('W', inode_of[file], lseek(file, 0, SEEK_CUR) - written, bytes, (size_t)written);
  UNLOCKED; return written;
}

#define PWRITE(name, offset_type) \
  ssize_t name(int file, const void *bytes, size_t length, offset_type offset) { \
    REAL(name); \
    if (!is_file(file)) return real(file, bytes, length, offset); \
    LOCKED; \
    ssize_t written = real(file, bytes, length, offset); \
    if (written > 0) note('W', inode_of[file], offset, bytes, (size_t)written); \
    UNLOCKED; return written; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, length_type) \
  int name(int file, length_type length) { \
    REAL(name); LOCKED; \
    int result = real(file, length); \
    if (result == 0 && is_file(file)) note('T', inode_of[file], length, "", 0); \
    UNLOCKED; return result; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
  int name(int file) { \
    REAL(name); LOCKED; \
    int result = real(file); \
    if (result == 0 && is_file(file)) note('S', inode_of[file], 0, "", 0); \
    UNLOCKED; return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

static void note_two(char op, const char *from, const char *to) {
  char both[8192];
  int size = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
  note(op, 0, 0, both, (size_t)size);
}

#define TWO(name, op) \
  int name(const char *from, const char *to) { \
    REAL(name); LOCKED; \
    int result = real(from, to); \
    if (result == 0 && is_below(to)) note_two(op, from, to); \
    UNLOCKED; return result; \
  }
TWO(rename, 'R')
TWO(link, 'L')

int unlink(const char *path) {
  REAL(unlink); LOCKED;
  int result = real(path);
  if (result == 0 && is_below(path)) note('U', 0, 0, path, strlen(path));
  UNLOCKED; return result;
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir); LOCKED;
  int result = real(path, mode);
  if (result == 0 && is_below(path)) note('M', 0, 0, path, strlen(path));
  UNLOCKED; return result;
}

/* Ways to write that nobody here takes today; a recording that lacked them would prove nothing. */
static ssize_t unrecorded(int file) {
  if (!is_file(file)) return 0;
  fprintf(stderr, "disk-recorder: a write that is not recorded\n");
  abort();
}

#define VECTOR(name, offset_type) \
  ssize_t name(int file, const struct iovec *parts, int count, offset_type offset) { \
    REAL(name); unrecorded(file); return real(file, parts, count, offset); \
  }
VECTOR(pwritev, off_t)
VECTOR(pwritev64, off64_t)

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev); unrecorded(file); return real(file, parts, count);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
  REAL(sendfile64); unrecorded(to); return real(to, from, offset, count);
}
