"""The trade itself: pure rules that know no screen, no disk, no clock and no float."""
