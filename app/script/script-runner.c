/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/script-runner.h"

#include "app/actions/action-registry.h"
#include "app/script/script-recording.h"
#include "app/script/script-stage.h"
#include "app/script/wav.h"
#include "maps/geo.h"
#include "speech/mouth.h"

#include <stdio.h>
#include <string.h>

/* One function a step; all get the step's words with the variables put in. A spoken step is
 * synthesized, laid on a little room noise (the recogniser's noise tracker dislikes digital silence),
 * and heard by the program's own ears. */

#define SPEECH_RATE_HZ 16000
#define MARGIN_S 0.35
#define ROOM_NOISE 30 /* ± least significant bits */

typedef struct {
  const VolantScript *script;
  const VolantScriptOptions *options;
  GHashTable *variables;
  VolantStage *stage;
  VolantRecording *recording;
  char *recording_name;
  unsigned n_spoken;
} Player;

typedef bool (*PlayFunc) (Player *player, const VolantStep *step, GStrv words, GError **error);

static bool
call (Player *player, const char *method, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) reply
      = volant_stage_call (player->stage, "Automation1", method, parameters, "()", error);

  return reply != NULL;
}

static bool
play_set (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  bool given = player->options->variables != NULL
               && g_hash_table_contains (player->options->variables, words[0]);

  if (!given)
    g_hash_table_insert (player->variables, g_strdup (words[0]), g_strdup (words[1]));
  return true;
}

static bool
play_start (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *sink = NULL;

  if (volant_stage_has_started (player->stage))
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                   "the program runs already: “start” comes once, before steps that need it");
      return false;
    }
  sink = player->recording != NULL ? volant_recording_get_sink (player->recording)
                                   : g_strdup ("none");
  g_ptr_array_add (arguments, (char *) "--speaker");
  g_ptr_array_add (arguments, sink);
  g_ptr_array_add (arguments, (char *) "--microphone");
  g_ptr_array_add (arguments, (char *) "none");
  for (unsigned i = 0; player->options->arguments != NULL && player->options->arguments[i]; i++)
    g_ptr_array_add (arguments, (char *) player->options->arguments[i]);
  for (unsigned i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, words[i]);
  g_ptr_array_add (arguments, NULL);
  return volant_stage_start (player->stage, (const char *const *) arguments->pdata, error);
}

/* Room noise under a sentence, from a fixed seed: a script sounds the same every time. */
static bool
add_room (const char *path, GError **error)
{
  unsigned rate_hz = 0, n_channels = 0;
  g_autoptr (GArray) samples = volant_wav_read (path, &rate_hz, &n_channels, error);
  g_autoptr (GRand) chance = g_rand_new_with_seed (2018);
  g_autofree int16_t *room = NULL;
  unsigned margin, n;

  if (samples == NULL)
    return false;
  margin = (unsigned) (MARGIN_S * rate_hz) * n_channels;
  n = samples->len + 2 * margin;
  room = g_new (int16_t, n);
  for (unsigned i = 0; i < n; i++)
    {
      bool inside = i >= margin && i - margin < samples->len;
      int sample = inside ? g_array_index (samples, int16_t, i - margin) : 0;

      sample += g_rand_int_range (chance, -ROOM_NOISE, ROOM_NOISE + 1);
      room[i] = (int16_t) CLAMP (sample, G_MININT16, G_MAXINT16);
    }
  return volant_wav_write (path, rate_hz, n_channels, room, n / n_channels, error);
}

static bool
perform (Player *player, const char *name, const char *text, GError **error)
{
  const VolantAction *action = volant_actions_find (name);
  g_autoptr (GVariant) parameter = NULL;
  g_autoptr (GVariant) reply = NULL;

  if (action == NULL)
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                   "“%s” is not an action; “volant do --list” tells them", name);
      return false;
    }
  if (action->parameter != NULL && text != NULL)
    {
      parameter = volant_action_parse_parameter (action, text, error);
      if (parameter == NULL)
        return false;
      g_variant_ref_sink (parameter);
    }
  else
    parameter = g_variant_ref_sink (g_variant_new_string (""));
  reply = volant_stage_call (player->stage, "Volant1", "Perform",
                             g_variant_new ("(sv)", name, parameter), "(ss)", error);
  return reply != NULL;
}

/* say "WORDS" [in LANGUAGE] [voice NAME] */
static bool
play_say (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  const char *language = "en", *voice = NULL;
  g_autofree char *name = g_strdup_printf ("said-%u.wav", ++player->n_spoken);
  g_autofree char *path = g_build_filename (volant_stage_get_folder (player->stage), name, NULL);

  for (unsigned i = 1; words[i] != NULL; i += 2)
    {
      bool is_language = strcmp (words[i], "in") == 0;

      if (words[i + 1] == NULL || (!is_language && strcmp (words[i], "voice") != 0))
        {
          g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX,
                       "write “say \"WORDS\" [in LANGUAGE] [voice NAME]”");
          return false;
        }
      *(is_language ? &language : &voice) = words[i + 1];
    }
  return volant_mouth_say_to_file (words[0], language, voice, SPEECH_RATE_HZ, path, error)
         && add_room (path, error) && perform (player, "voice.hear-file", path, error);
}

static bool
play_tap (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  return call (player, "Tap", g_variant_new ("(s)", words[0]), error);
}

static bool
play_tap_map (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  VolantPoint point;

  return volant_point_parse (words[0], &point, error)
         && call (player, "TapMap",
                  g_variant_new ("(dd)", volant_point_lat_deg (point), volant_point_lon_deg (point)),
                  error);
}

static bool
play_type (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  return call (player, "Type", g_variant_new ("(ss)", words[0], words[1]), error);
}

static bool
play_key (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  return call (player, "Key", g_variant_new ("(s)", words[0]), error);
}

static bool
play_do (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  return perform (player, words[0], words[1], error);
}

typedef struct {
  const VolantCondition *condition;
  char *value;
  char *actual; /* as last seen */
} Watch;

static char *
read_screen (VolantStage *stage, const char *on, GError **error)
{
  g_autoptr (GVariant) reply
      = on != NULL ? volant_stage_call (stage, "Automation1", "GetText", g_variant_new ("(s)", on),
                                        "(s)", error)
                   : volant_stage_call (stage, "Automation1", "Dump", NULL, "(s)", error);
  char *text = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(s)", &text);
  return text;
}

static bool
look (VolantStage *stage, void *data, GError **error)
{
  Watch *watch = data;

  g_clear_pointer (&watch->actual, g_free);
  if (watch->condition->key != NULL)
    {
      g_autoptr (GHashTable) state = volant_stage_get_state (stage, error);

      if (state == NULL)
        return false;
      watch->actual = g_strdup (g_hash_table_lookup (state, watch->condition->key));
    }
  else
    watch->actual = read_screen (stage, watch->condition->on, NULL); /* not there: not yet */
  return volant_condition_holds (watch->condition, watch->value, watch->actual);
}

/* "navigation.state is “routing”"; for a text on the whole screen, that it is not there. */
static void
explain (const Watch *watch, GError **error)
{
  const VolantCondition *condition = watch->condition;

  if (condition->key == NULL && condition->on == NULL)
    g_prefix_error (error, "the screen %s “%s”; ", condition->negated ? "shows" : "does not show",
                    watch->value);
  else
    g_prefix_error (error, "%s %s%s%s; ", condition->key != NULL ? condition->key : condition->on,
                    watch->actual != NULL ? "is “" : "is not there",
                    watch->actual != NULL ? watch->actual : "", watch->actual != NULL ? "”" : "");
}

static bool
play_condition (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  Watch watch = { &step->condition, NULL, NULL };
  bool holds;

  if (step->condition.value != NULL)
    {
      watch.value = volant_script_expand (step->condition.value, player->variables, error);
      if (watch.value == NULL)
        return false;
    }
  if (step->kind == VOLANT_STEP_WAIT)
    holds = volant_stage_wait (player->stage, look, &watch, step->within_s, error);
  else
    {
      holds = look (player->stage, &watch, error);
      if (!holds && error != NULL && *error == NULL)
        g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED, "not as expected");
    }
  if (!holds)
    explain (&watch, error);
  g_free (watch.value);
  g_free (watch.actual);
  return holds;
}

static bool
play_screenshot (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.png", words[0]);
  g_autofree char *path = g_build_filename (player->options->output, name, NULL);

  return call (player, "Screenshot", g_variant_new ("(s)", path), error);
}

static bool
play_record (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  if (player->recording != NULL || volant_stage_has_started (player->stage))
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                   "“record” comes once, before “start”");
      return false;
    }
  player->recording_name = g_strdup_printf ("%s.wav", words[0]);
  player->recording = volant_recording_new (volant_stage_get_folder (player->stage), error);
  return player->recording != NULL;
}

static bool
play_resize (Player *player, const VolantStep *step, GStrv words, GError **error)
{
  int width, height;
  char rest;

  if (sscanf (words[0], "%dx%d%c", &width, &height, &rest) != 2)
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX,
                   "“%s” is not a size such as 800x480", words[0]);
      return false;
    }
  return call (player, "Resize", g_variant_new ("(ii)", width, height), error);
}

static const PlayFunc plays[] = {
  [VOLANT_STEP_SET] = play_set,
  [VOLANT_STEP_START] = play_start,
  [VOLANT_STEP_SAY] = play_say,
  [VOLANT_STEP_TAP] = play_tap,
  [VOLANT_STEP_TAP_MAP] = play_tap_map,
  [VOLANT_STEP_TYPE] = play_type,
  [VOLANT_STEP_KEY] = play_key,
  [VOLANT_STEP_DO] = play_do,
  [VOLANT_STEP_WAIT] = play_condition,
  [VOLANT_STEP_EXPECT] = play_condition,
  [VOLANT_STEP_SCREENSHOT] = play_screenshot,
  [VOLANT_STEP_RECORD] = play_record,
  [VOLANT_STEP_RESIZE] = play_resize,
};

static bool
play_step (Player *player, const VolantStep *step, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  bool needs_program = step->kind != VOLANT_STEP_SET && step->kind != VOLANT_STEP_START
                       && step->kind != VOLANT_STEP_RECORD;

  for (unsigned i = 0; step->words[i] != NULL; i++)
    {
      char *word = volant_script_expand (step->words[i], player->variables, error);

      if (word == NULL)
        return false;
      g_ptr_array_add (words, word);
    }
  g_ptr_array_add (words, NULL);
  if (needs_program && !volant_stage_has_started (player->stage)
      && !play_start (player, step, (char *[]) { NULL }, error))
    return false;
  return plays[step->kind](player, step, (GStrv) words->pdata, error);
}

static int
compare_keys (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What one wants to see of a step that failed: the state on the terminal, picture and widget tree as
 * files. What cannot be had of a program that ended is left out. */
static void
report_failure (Player *player, const VolantStep *step)
{
  g_autofree char *picture = g_strdup_printf ("failed-line-%u.png", step->line);
  g_autofree char *picture_path = g_build_filename (player->options->output, picture, NULL);
  g_autofree char *tree = g_strdup_printf ("failed-line-%u.txt", step->line);
  g_autofree char *tree_path = g_build_filename (player->options->output, tree, NULL);
  g_autoptr (GHashTable) state = NULL;
  g_autofree const char **keys = NULL;
  g_autofree char *dump = NULL;
  unsigned n_keys;

  if (!volant_stage_has_started (player->stage))
    return;
  state = volant_stage_get_state (player->stage, NULL);
  if (state == NULL)
    return;
  keys = (const char **) g_hash_table_get_keys_as_array (state, &n_keys);
  qsort (keys, n_keys, sizeof *keys, compare_keys);
  for (unsigned i = 0; i < n_keys; i++)
    g_print ("           %s = %s\n", keys[i], (char *) g_hash_table_lookup (state, keys[i]));
  dump = read_screen (player->stage, NULL, NULL);
  if (dump != NULL)
    g_file_set_contents (tree_path, dump, -1, NULL);
  call (player, "Screenshot", g_variant_new ("(s)", picture_path), NULL);
  g_print ("           see %s and %s\n", picture_path, tree_path);
}

static bool
finish_recording (Player *player)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (player->recording == NULL)
    return true;
  path = g_build_filename (player->options->output, player->recording_name, NULL);
  if (volant_recording_finish (player->recording, path, &error))
    return true;
  g_print ("%8s  failed  record: %s\n", "", error->message);
  return false;
}

static int
play_steps (Player *player)
{
  int n_failed = 0;
  bool ended = false;

  for (unsigned i = 0; i < volant_script_get_n_steps (player->script) && !ended; i++)
    {
      const VolantStep *step = volant_script_get_step (player->script, i);
      int64_t began_us = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      bool good = play_step (player, step, &error);

      g_print ("%7.2f s  %s  %s\n", (g_get_monotonic_time () - began_us) / 1e6,
               good ? "ok    " : "FAILED", step->source);
      if (good)
        continue;
      n_failed++;
      g_print ("           line %u: %s\n", step->line, error->message);
      report_failure (player, step);
      ended = !player->options->keep_going
              || g_error_matches (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_STAGE);
    }
  return n_failed + (finish_recording (player) ? 0 : 1);
}

int
volant_script_play (const VolantScript *script, const VolantScriptOptions *options, GError **error)
{
  Player player = { .script = script, .options = options };
  GHashTableIter iter;
  void *name, *value;
  int n_failed;

  player.stage = volant_stage_new (options->output, options->show, error);
  if (player.stage == NULL)
    return -1;
  player.variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (options->variables != NULL)
    {
      g_hash_table_iter_init (&iter, options->variables);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (player.variables, g_strdup (name), g_strdup (value));
    }
  n_failed = play_steps (&player);
  volant_recording_free (player.recording);
  volant_stage_free (player.stage);
  g_hash_table_unref (player.variables);
  g_free (player.recording_name);
  return n_failed;
}
