/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

int
volant_application_run (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("org.volant.Volant", 0);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
