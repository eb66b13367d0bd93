from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filings import members, policy
from filings.entity_forms import InvitationForm, RoleForm
from filings.models import Entity, Invitation, MemberRole, Membership
from filings.views.entity import find_entity
from filings.views.requests import PersonRequest


def _list(request: PersonRequest, entity: Entity, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    people = Membership.objects.filter(entity=entity).select_related("user").order_by("created_at", "pk")
    may_manage = policy.may_manage_members(request.user, entity)
    sent = members.open_invitations(at=now()).filter(entity=entity).order_by("-pk") if may_manage else []
    context = {
        "entity": entity,
        "people": people,
        "sent": sent,
        "form": form,
        "roles": MemberRole.choices,
        "may_manage": may_manage,
    }
    return render(request, "filings/member_list.html", context, status=status)


@require_GET
def member_list(request: PersonRequest, pk: int) -> HttpResponse:
    return _list(request, find_entity(request, pk), InvitationForm())


@require_POST
def member_invite(request: PersonRequest, pk: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_manage_members(request.user, entity))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _list(request, entity, form, status=422)
    try:
        invitation = members.invite(entity=entity, by=request.user, at=now(), **form.cleaned_data)
    except members.AlreadyMember:
        form.add_error("email", _("The person with this address is a member already."))
        return _list(request, entity, form, status=422)
    except members.TooManyInvitations as too_many:
        form.add_error("email", str(too_many))
        return _list(request, entity, form, status=429)
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("filings:member-list", entity.pk)


@require_POST
def invitation_revoke(request: PersonRequest, pk: int, invitation: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_manage_members(request.user, entity))
    row = get_object_or_404(Invitation.objects.select_related("entity"), entity=entity, pk=invitation)
    members.revoke(invitation=row, by=request.user, at=now())
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": row.email})
    return redirect("filings:member-list", entity.pk)


@require_POST
def member_role(request: PersonRequest, pk: int, member: int) -> HttpResponse:
    entity = find_entity(request, pk)
    policy.require(policy.may_manage_members(request.user, entity))
    membership = get_object_or_404(Membership.objects.select_related("user"), entity=entity, pk=member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _list(request, entity, InvitationForm(), status=422)
    try:
        changed = members.change_role(membership=membership, role=form.cleaned_data["role"], by=request.user, at=now())
    except members.LastOwner:
        messages.error(request, _("An entity needs an owner. Make somebody else owner first."))
    else:
        said = _("%(person)s is now: %(role)s.")
        messages.success(request, said % {"person": changed.user, "role": changed.get_role_display()})
    return redirect("filings:member-list", entity.pk)


@require_http_methods(["GET", "POST"])
def member_remove(request: PersonRequest, pk: int, member: int) -> HttpResponse:
    entity = find_entity(request, pk)
    membership = get_object_or_404(Membership.objects.select_related("user"), entity=entity, pk=member)
    is_self = membership.user_id == request.user.pk
    policy.require(is_self or policy.may_manage_members(request.user, entity))
    if request.method == "GET":
        context = {"entity": entity, "membership": membership, "is_self": is_self}
        return render(request, "filings/member_remove.html", context)
    try:
        members.remove(membership=membership, by=request.user, at=now())
    except members.LastOwner:
        messages.error(request, _("An entity needs an owner. Make somebody else owner first."))
        return redirect("filings:member-list", entity.pk)
    if is_self:
        messages.success(request, _("You have left %(entity)s.") % {"entity": entity.name})
        return redirect("filings:home")
    messages.success(request, _("%(person)s is no longer a member.") % {"person": membership.user})
    return redirect("filings:member-list", entity.pk)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST" and request.user.is_authenticated:
            membership = members.accept(token=token, by=request.user, at=now())
            messages.success(request, _("You now work for %(entity)s.") % {"entity": membership.entity.name})
            return redirect("filings:entity-detail", membership.entity_id)
        invitation = members.open_link(token, at=now())
    except members.InvitationRefused as refused:
        return render(request, "filings/invitation_refused.html", {"reason": str(refused)}, status=410)
    if invitation.accepted_at and invitation.accepted_by_id == getattr(request.user, "pk", None):
        return redirect("filings:entity-detail", invitation.entity_id)
    if invitation.accepted_at:
        reason = _("This invitation was already used. Ask the entity for a new one.")
        return render(request, "filings/invitation_refused.html", {"reason": reason}, status=410)
    return render(request, "filings/invitation_accept.html", {"invitation": invitation, "here": request.path})
