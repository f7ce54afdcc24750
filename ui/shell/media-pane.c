/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/media-pane.h"

#include "app/text/text.h"
#include "ui/shell/style.h"
#include "ui/shell/wording.h"

#include <math.h>

/* Bound to VolantMedia. A list that scrolls under a driver's eyes is not allowed, so the tracks come in
 * pages of at most six; the page follows the track that plays. */

struct _VolantMediaPane {
  VolantPanel parent;

  GtkAdjustment *seek_range;
  GtkAdjustment *volume_range;
  GtkBox *now;
  GtkWidget *frame;
  GtkStack *cover_stack;
  GtkWidget *no_cover;
  GtkPicture *cover;
  GtkLabel *title;
  GtkLabel *artist;
  GtkLabel *album;
  GtkLabel *elapsed;
  GtkLabel *duration;
  GtkButton *play;
  GtkButton *mute;
  GtkWidget *seek;
  GtkWidget *list;
  GtkBox *tracks;
  GtkWidget *pages;
  GtkWidget *page_up;
  GtkWidget *page_down;

  unsigned n_rows;
  unsigned first_row;
};

G_DEFINE_FINAL_TYPE (VolantMediaPane, volant_media_pane, VOLANT_TYPE_PANEL)

static VolantMedia *
get_media (VolantMediaPane *self)
{
  return volant_session_get_media (volant_panel_get_session (VOLANT_PANEL (self)));
}

static char *
format_time (int64_t time_ms)
{
  int64_t time_s = time_ms / 1000;

  if (time_ms < 0)
    return g_strdup ("–");
  return g_strdup_printf ("%d:%02d", (int) (time_s / 60), (int) (time_s % 60));
}

static void
refresh_position (VolantMediaPane *self)
{
  VolantMedia *media = get_media (self);
  int64_t duration_ms = volant_media_get_duration_ms (media);
  int64_t position_ms = volant_media_get_position_ms (media);
  g_autofree char *elapsed = format_time (position_ms);
  g_autofree char *duration = format_time (duration_ms);

  gtk_label_set_text (self->elapsed, elapsed);
  gtk_label_set_text (self->duration, duration);
  gtk_widget_set_sensitive (self->seek, duration_ms > 0);
  gtk_adjustment_set_upper (self->seek_range, MAX (1.0, duration_ms / 1000.0));
  gtk_adjustment_set_value (self->seek_range, position_ms / 1000.0);
}

static void
refresh_volume (VolantMediaPane *self)
{
  const char *language = volant_panel_get_language (VOLANT_PANEL (self));
  VolantMedia *media = get_media (self);
  bool muted = volant_media_get_muted (media);

  gtk_adjustment_set_value (self->volume_range, round (volant_media_get_volume (media) * 100.0));
  gtk_button_set_icon_name (self->mute,
                            muted ? "volant-volume-muted-symbolic" : "volant-volume-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->mute), "b", !muted);
  volant_wording_set_name (GTK_WIDGET (self->mute),
                           muted ? volant_text (language, N_ ("Sound on"))
                                 : volant_text (language, N_ ("Mute the music")));
}

static void
refresh_state (VolantMediaPane *self)
{
  const char *language = volant_panel_get_language (VOLANT_PANEL (self));
  bool plays = volant_media_get_state (get_media (self)) == VOLANT_MEDIA_PLAYING;

  gtk_button_set_icon_name (self->play, plays ? "volant-pause-symbolic" : "volant-play-symbolic");
  volant_wording_set_name (GTK_WIDGET (self->play), plays ? volant_text (language, N_ ("Pause"))
                                                          : volant_text (language, N_ ("Play")));
}

static void
refresh_cover (VolantMediaPane *self, VolantTrack *track)
{
  GBytes *bytes = track != NULL ? volant_track_get_cover (track) : NULL;
  g_autoptr (GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, NULL) : NULL;

  gtk_picture_set_paintable (self->cover, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child (self->cover_stack,
                               texture != NULL ? GTK_WIDGET (self->cover) : self->no_cover);
}

static void
on_track_clicked (GtkButton *button, VolantMediaPane *self)
{
  int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "volant-index"));

  volant_action_perform (volant_panel_get_session (VOLANT_PANEL (self)), "media.play-track",
                         g_variant_new_int32 (index));
}

static GtkWidget *
make_track_line (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_track_row (VolantMediaPane *self, VolantTrack *track, unsigned index, bool current)
{
  GtkWidget *row = gtk_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *id = g_strdup_printf ("media-track-%u", index + 1);

  gtk_widget_set_name (row, id);
  gtk_widget_add_css_class (row, "row");
  if (current)
    gtk_widget_add_css_class (row, "active");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_track_line (volant_track_get_title (track), "medium"));
  if (*volant_track_get_artist (track) != '\0')
    gtk_box_append (GTK_BOX (words), make_track_line (volant_track_get_artist (track), "secondary"));
  gtk_button_set_child (GTK_BUTTON (row), words);
  volant_wording_set_name (row, volant_track_get_title (track));
  g_object_set_data (G_OBJECT (row), "volant-index", GINT_TO_POINTER ((int) index));
  g_signal_connect (row, "clicked", G_CALLBACK (on_track_clicked), self);
  return row;
}

static void
refresh_list (VolantMediaPane *self)
{
  VolantMedia *media = get_media (self);
  GListModel *queue = volant_media_get_queue (media);
  unsigned n_tracks = g_list_model_get_n_items (queue);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tracks))) != NULL)
    gtk_box_remove (self->tracks, child);
  gtk_widget_set_visible (self->list, self->n_rows > 0);
  if (self->first_row >= n_tracks)
    self->first_row = 0;
  for (unsigned i = self->first_row; i < n_tracks && i < self->first_row + self->n_rows; i++)
    {
      g_autoptr (VolantTrack) track = g_list_model_get_item (queue, i);
      bool current = volant_media_get_track (media) != NULL && i == volant_media_get_index (media);

      gtk_box_append (self->tracks, make_track_row (self, track, i, current));
    }
  gtk_widget_set_visible (self->pages, n_tracks > self->n_rows);
  gtk_widget_set_sensitive (self->page_up, self->first_row > 0);
  gtk_widget_set_sensitive (self->page_down, self->first_row + self->n_rows < n_tracks);
}

static void
refresh_track (VolantMediaPane *self)
{
  VolantMedia *media = get_media (self);
  VolantTrack *track = volant_media_get_track (media);
  const char *language = volant_panel_get_language (VOLANT_PANEL (self));

  gtk_label_set_text (self->title, track != NULL ? volant_track_get_title (track)
                                                 : volant_text (language, N_ ("No music")));
  gtk_label_set_text (self->artist,
                      track != NULL ? volant_track_get_artist (track)
                                    : volant_text (language, N_ ("No tracks were found")));
  gtk_label_set_text (self->album, track != NULL ? volant_track_get_album (track) : "");
  refresh_cover (self, track);
  if (track != NULL && self->n_rows > 0)
    self->first_row = volant_media_get_index (media) / self->n_rows * self->n_rows;
  refresh_list (self);
}

static void
volant_media_pane_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantMediaPane *self = VOLANT_MEDIA_PANE (panel);

  refresh_track (self);
  refresh_state (self);
  refresh_volume (self);
  refresh_position (self);
}

static void
turn_page (VolantMediaPane *self, int pages)
{
  self->first_row = (unsigned) MAX (0, (int) self->first_row + pages * (int) self->n_rows);
  refresh_list (self);
}

static void
on_page_up (VolantMediaPane *self)
{
  turn_page (self, -1);
}

static void
on_page_down (VolantMediaPane *self)
{
  turn_page (self, 1);
}

static gboolean
on_seek (GtkRange *range, GtkScrollType scroll, double value, VolantMediaPane *self)
{
  volant_action_perform (
      volant_panel_get_session (VOLANT_PANEL (self)), "media.seek",
      g_variant_new_double (CLAMP (value, 0.0, gtk_adjustment_get_upper (self->seek_range))));
  return FALSE;
}

static gboolean
on_volume (GtkRange *range, GtkScrollType scroll, double value, VolantMediaPane *self)
{
  volant_action_perform (volant_panel_get_session (VOLANT_PANEL (self)), "media.set-volume",
                         g_variant_new_int32 ((int) CLAMP (round (value), 0.0, 100.0)));
  return FALSE;
}

static void
volant_media_pane_bind (VolantPanel *panel, VolantSession *session)
{
  VolantMedia *media = volant_session_get_media (session);
  static const struct {
    const char *signal;
    GCallback callback;
  } watches[] = {
    { "notify::state", G_CALLBACK (refresh_state) },
    { "notify::track", G_CALLBACK (refresh_track) },
    { "notify::position-ms", G_CALLBACK (refresh_position) },
    { "notify::duration-ms", G_CALLBACK (refresh_position) },
    { "notify::volume", G_CALLBACK (refresh_volume) },
    { "notify::muted", G_CALLBACK (refresh_volume) },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (watches); i++)
    g_signal_connect_object (media, watches[i].signal, watches[i].callback, panel,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_media_get_queue (media), "items-changed",
                           G_CALLBACK (refresh_track), panel, G_CONNECT_SWAPPED);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, seek_range);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, volume_range);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, now);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, frame);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, cover_stack);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, no_cover);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, cover);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, title);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, artist);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, album);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, elapsed);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, duration);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, play);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, mute);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, seek);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, list);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, tracks);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, pages);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, page_up);
  gtk_widget_class_bind_template_child (widget_class, VolantMediaPane, page_down);
}

static void
volant_media_pane_class_init (VolantMediaPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_media_pane_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_media_pane_refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/media-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_seek);
  gtk_widget_class_bind_template_callback (widget_class, on_volume);
  gtk_widget_class_bind_template_callback (widget_class, on_page_up);
  gtk_widget_class_bind_template_callback (widget_class, on_page_down);
}

static void
volant_media_pane_init (VolantMediaPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_media_pane_set_layout (VolantMediaPane *self, bool narrow, unsigned n_rows)
{
  int cover_px = narrow ? volant_style_px (112.0) : -1;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->now),
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (self->frame, cover_px, cover_px);
  gtk_widget_set_vexpand (self->frame, !narrow);
  gtk_box_set_homogeneous (GTK_BOX (self), n_rows > 0);
  self->n_rows = n_rows;
  volant_panel_refresh (VOLANT_PANEL (self));
}
