/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "ui/application.h"

#include <locale.h>

/* The program: a subcommand, or the shell. The only file of app/ that knows ui/. */
int
main (int argc, char **argv)
{
  const VolantCommand *command = argc > 1 ? volant_cli_find (argv[1]) : NULL;

  setlocale (LC_ALL, "");
  if (command != NULL)
    return volant_cli_run (command, argc - 1, argv + 1);
  return volant_application_run (argc, argv);
}
