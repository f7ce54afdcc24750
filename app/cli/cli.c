/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"

#include "config.h"

#include <stdio.h>
#include <string.h>

/* One table of subcommands and the manners they share. */

static const VolantCommand *const commands[] = {
  &volant_command_do,
  &volant_command_hear,
  &volant_command_import,
  &volant_command_info,
  &volant_command_journey,
  &volant_command_reach,
  &volant_command_route,
  &volant_command_say,
  &volant_command_script,
  &volant_command_search,
  &volant_command_stations,
  &volant_command_table,
  &volant_command_tour,
  NULL,
};

const VolantCommand *
volant_cli_find (const char *name)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i] != NULL && strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

int
volant_cli_run (const VolantCommand *command, int argc, char **argv)
{
  g_autofree char *program = g_strdup_printf ("volant %s", command->name);

  g_set_prgname (program);
  return command->run (argc, argv);
}

/* GOption's --help prints argv[0], which is the program's name set above. */
bool
volant_cli_parse (const VolantCommand *command, const GOptionEntry *entries, int *argc,
                  char ***argv, int *exit_status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, command->summary);
  if (command->details != NULL)
    g_option_context_set_description (context, command->details);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return true;
  *exit_status = volant_cli_usage (command, "%s", error->message);
  return false;
}

int
volant_cli_refuse (const VolantCommand *command, const GError *error)
{
  g_printerr ("volant %s: %s\n", command->name, error->message);
  return VOLANT_EXIT_REFUSED;
}

int
volant_cli_usage (const VolantCommand *command, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("volant %s: %s\nUsage: volant %s %s\nTry “volant %s --help”.\n", command->name, words,
              command->name, command->arguments, command->name);
  return VOLANT_EXIT_USAGE;
}

/* VOLANT_DATA_DIR overrides; a program that stands in its build tree uses that tree's demo; else
 * what is installed. */
char *
volant_cli_demo_path (const char *name)
{
  static const struct {
    const char *name;
    const char *path;
  } parts[] = {
    { "city", "demo/port-lumiere.city" },
    { "stations", "demo/gbfs" },
    { "media", "demo/media" },
    { "commands", "commands" },
  };
  const char *base = g_getenv ("VOLANT_DATA_DIR");
  g_autofree char *built = g_build_filename (VOLANT_BUILD_DIR, "data", NULL);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (base == NULL || *base == '\0')
    base = program != NULL && g_str_has_prefix (program, VOLANT_BUILD_DIR "/") ? built
                                                                              : VOLANT_PKGDATA_DIR;
  for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, name) == 0)
      return g_build_filename (base, parts[i].path, NULL);
  g_return_val_if_reached (NULL);
}
