from django.urls import path

from regulation import views

app_name = "regulation"
urlpatterns = [
    path("", views.rule_index, name="rule_index"),
    path("policies/", views.policy_list, name="policy_list"),
    path("policies/provide/", views.policy_provide, name="policy_provide"),
    path("policies/<int:number>/file/", views.policy_file, name="policy_file"),
    path("sheet/<slug:code>/", views.rule_sheet, name="rule_sheet"),
    path("<int:number>/", views.article_detail, name="article_detail"),
]
