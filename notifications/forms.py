"""Filters of the delivery log."""

from django import forms

from notifications.enums import Channel, DeliveryStatus


class DeliveryFilter(forms.Form):
    """Which deliveries are shown."""

    status = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *DeliveryStatus.choices]
    )
    channel = forms.ChoiceField(
        label="渠道", required=False, choices=[("", "全部"), *Channel.choices]
    )
