/*
 * Stands between a program and the disk: counts the file calls below one folder, and at the n-th
 * kills the program, fails the call, or writes down what a power cut could have kept of it.
 *
 * Loaded with LD_PRELOAD. Armed by the program itself (faults_arm) or by DMS_FAULTS, which holds
 * the same words: "folder|kinds|kill_at|fail_at|errno|sticky|log", with -1 or nothing for "never".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CHANGE = 1, SYNC = 2, OPEN = 4, READ = 8, NAME = 16 };

#define MOST_FILES 4096
#define MOST_PATH 1024

static char folder[MOST_PATH];
static char paths[MOST_FILES][MOST_PATH]; /* by descriptor; empty: not ours */
static int kinds, error_number, sticky, log_file = -1;
static long kill_at = -1, fail_at = -1, calls;

#define REAL(type, name, ...)                                                                     \
    static type (*real)(__VA_ARGS__);                                                             \
    if (!real)                                                                                    \
        real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* What the tests call. */

void faults_arm(const char *below, int which, long kill, long fail, int error, int forever,
                const char *log)
{
    calls = 0;
    kinds = which;
    kill_at = kill;
    fail_at = fail;
    error_number = error;
    sticky = forever;
    log_file = log && *log ? (int)syscall(SYS_openat, AT_FDCWD, log,
                                          O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0644)
                           : -1;
    strncpy(folder, below, sizeof folder - 1);
}

void faults_disarm(void)
{
    kill_at = fail_at = -1;
}

long faults_calls(void)
{
    return calls;
}

static void record(char what, const char *path, int64_t offset, const void *data, int64_t size)
{
    uint16_t length = (uint16_t)strlen(path);
    char head[19];
    if (log_file < 0)
        return;
    head[0] = what;
    memcpy(head + 1, &length, 2);
    memcpy(head + 3, &offset, 8);
    memcpy(head + 11, &size, 8);
    struct iovec parts[] = {
        {head, sizeof head}, {(void *)path, length}, {(void *)data, data ? (size_t)size : 0}};
    if (syscall(SYS_writev, log_file, parts, 3) < 0)
        abort(); /* a record with a hole would prove nothing */
}

/* The program tells what it has promised, in its place among the writes. */
void faults_mark(const char *text)
{
    record('A', text, 0, NULL, 0);
}

__attribute__((constructor)) static void from_environment(void)
{
    char *said = getenv("DMS_FAULTS"), *words[7], *copy, *rest;
    if (!said)
        return;
    copy = rest = strdup(said);
    for (int at = 0; at < 7; at++)
        words[at] = rest ? strsep(&rest, "|") : "";
    faults_arm(words[0], atoi(words[1]), atol(words[2]), atol(words[3]), atoi(words[4]),
               atoi(words[5]), words[6]);
    free(copy);
}

static int is_below(const char *path)
{
    size_t length = strlen(folder);
    return length && path && !strncmp(path, folder, length) &&
           (path[length] == '/' || !path[length]);
}

/* True when this call is to fail; never returns when it is to be the last. */
static int fails(enum kind kind)
{
    if (!(kinds & kind))
        return 0;
    long now = __sync_add_and_fetch(&calls, 1);
    if (now == kill_at) {
        kill(getpid(), SIGKILL);
        pause();
    }
    if (fail_at > 0 && (now == fail_at || (sticky && now > fail_at))) {
        errno = error_number;
        return 1;
    }
    return 0;
}

static const char *path_of(int file)
{
    return file >= 0 && file < MOST_FILES && *paths[file] ? paths[file] : NULL;
}

/* The memory of the readers and the writer of a WAL does not outlive them: no cut can keep it. */
static int is_memory(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && !strcmp(path + length - 4, "-shm");
}

/* The file calls of the C library, in the order of their manual pages. */

static int opened(const char *path, int flags, mode_t mode)
{
    REAL(int, "open64", const char *, int, ...);
    int ours = is_below(path), new = 0;
    if (ours) {
        if (fails(OPEN))
            return -1;
        new = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    }
    int file = real(path, flags, mode);
    if (file >= 0 && file < MOST_FILES) {
        strncpy(paths[file], ours ? path : "", MOST_PATH - 1);
        if (ours && new && !is_memory(path))
            record('O', path, 0, NULL, 0);
    }
    return file;
}

#define OPENED                                                                                    \
    va_list more;                                                                                 \
    va_start(more, flags);                                                                        \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;                       \
    va_end(more);                                                                                 \
    return opened(path, flags, mode)

int open(const char *path, int flags, ...)
{
    OPENED;
}

int open64(const char *path, int flags, ...)
{
    OPENED;
}

int close(int file)
{
    REAL(int, "close", int);
    if (file >= 0 && file < MOST_FILES)
        *paths[file] = 0;
    return real(file);
}

ssize_t pread64(int file, void *data, size_t size, off_t offset)
{
    REAL(ssize_t, "pread64", int, void *, size_t, off_t);
    return path_of(file) && fails(READ) ? -1 : real(file, data, size, offset);
}

ssize_t read(int file, void *data, size_t size)
{
    REAL(ssize_t, "read", int, void *, size_t);
    return path_of(file) && fails(READ) ? -1 : real(file, data, size);
}

/* A write that fails leaves a half of itself behind, as a disk may. */
ssize_t pwrite64(int file, const void *data, size_t size, off_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    const char *path = path_of(file);
    if (path && fails(CHANGE)) {
        int why = errno;
        if (size > 1)
            real(file, data, size / 2, offset);
        errno = why;
        return -1;
    }
    if (path && !is_memory(path))
        record('W', path, offset, data, (int64_t)size);
    return real(file, data, size, offset);
}

ssize_t write(int file, const void *data, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    const char *path = path_of(file);
    if (path && fails(CHANGE))
        return -1;
    if (path)
        record('W', path, lseek(file, 0, SEEK_CUR), data, (int64_t)size);
    return real(file, data, size);
}

static int synced(int file, const char *name)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *path = path_of(file);
    if (path && fails(SYNC))
        return -1;
    if (path) /* before it is done: what another thread writes meanwhile does not count as kept */
        record('S', path, 0, NULL, 0);
    return real(file);
}

int fsync(int file)
{
    return synced(file, "fsync");
}

int fdatasync(int file)
{
    return synced(file, "fdatasync");
}

int ftruncate64(int file, off_t size)
{
    REAL(int, "ftruncate64", int, off_t);
    const char *path = path_of(file);
    if (path && fails(CHANGE))
        return -1;
    if (path && !is_memory(path))
        record('T', path, size, NULL, 0);
    return real(file, size);
}

int ftruncate(int file, off_t size)
{
    return ftruncate64(file, size);
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    int ours = is_below(path);
    if (ours && fails(NAME))
        return -1;
    int done = real(path);
    if (ours && !done && !is_memory(path))
        record('U', path, 0, NULL, 0);
    return done;
}

int rename(const char *before, const char *after)
{
    REAL(int, "rename", const char *, const char *);
    int ours = is_below(before);
    if (ours && log_file >= 0)
        abort(); /* the disk that is rebuilt from the record knows no renaming */
    return ours && fails(NAME) ? -1 : real(before, after);
}
