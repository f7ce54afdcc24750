/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *folder;
static pid_t owner;

char *
volant_test_data (const char *relative)
{
  const char *base = g_getenv ("VOLANT_TEST_DATA");
  const char *source = g_getenv ("VOLANT_TEST_SOURCE");
  g_autofree char *beside = NULL;
  g_autofree char *path = NULL;

  if (base == NULL || *base == '\0')
    base = beside = g_build_filename (source != NULL ? source : ".", "..", "shared", "data", NULL);
  path = g_build_filename (base, relative, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip_printf ("no real data: %s is absent (set VOLANT_TEST_DATA)", relative);
  return NULL;
}

static gboolean
on_deadline (void *data)
{
  *(bool *) data = true;
  return G_SOURCE_REMOVE;
}

static gboolean
on_wake (void *data)
{
  return G_SOURCE_CONTINUE;
}

/* Woken every 5 ms besides, for conditions that no event announces. */
bool
volant_test_wait (VolantTestCondition condition, void *data, double deadline_s)
{
  bool late = false;
  unsigned deadline = g_timeout_add ((unsigned) (deadline_s * 1000.0), on_deadline, &late);
  unsigned wake = g_timeout_add (5, on_wake, NULL);
  bool holds;

  while (!(holds = condition (data)) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  if (!late)
    g_source_remove (deadline);
  return holds;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* Not in a forked child: GTestDBus keeps one, which runs the handlers of exit too. */
static void
remove_folder (void)
{
  if (getpid () != owner)
    return;
  remove_tree (folder);
  g_clear_pointer (&folder, g_free);
}

const char *
volant_test_folder (void)
{
  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("volant-test-XXXXXX", NULL);
      g_assert_nonnull (folder);
      owner = getpid ();
      atexit (remove_folder);
    }
  return folder;
}
