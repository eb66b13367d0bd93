"""An entity's own pages: home, profile, members, notices, and where a filing starts."""

from django.urls import path

from filings.views import entity, members, notices

urlpatterns = [
    path("home/", entity.home, name="home"),
    path("entities/new/", entity.entity_create, name="entity-create"),
    path("entities/<int:pk>/", entity.entity_detail, name="entity-detail"),
    path("entities/<int:pk>/profile/", entity.profile_list, name="profile-list"),
    path("entities/<int:pk>/profile/freeze/", entity.profile_freeze, name="profile-freeze"),
    path("entities/<int:pk>/members/", members.member_list, name="member-list"),
    path("entities/<int:pk>/members/invite/", members.member_invite, name="member-invite"),
    path("entities/<int:pk>/members/agent/", members.agent_invite, name="agent-invite"),
    path("entities/<int:pk>/members/<int:member>/role/", members.member_role, name="member-role"),
    path("entities/<int:pk>/members/<int:member>/remove/", members.member_remove, name="member-remove"),
    path("entities/<int:pk>/invitations/<int:invitation>/revoke/", members.invitation_revoke, name="invitation-revoke"),
    path("invitations/<slug:token>/", members.invitation_accept, name="invitation-accept"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read, name="notice-read"),
    path("notices/<int:pk>/", notices.notice_open, name="notice-open"),
    path("filings/start-together/", entity.bundle_start, name="bundle-start"),
    path("filings/start/", entity.filing_start, name="filing-start"),
    path("filings/start/", entity.filing_start, name="procedure-start"),
]
