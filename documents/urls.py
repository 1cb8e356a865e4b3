from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("files/<uuid:pk>/", views.attachment_download, name="attachment_download"),
    path("files/<uuid:pk>/preview/", views.attachment_preview, name="attachment_preview"),
    path("files/<uuid:pk>/pages/<int:number>.png", views.attachment_page, name="attachment_page"),
    path("documents/<uuid:pk>/pdf/", views.document_pdf, name="document_pdf"),
    path("numbers/", views.number_list, name="number_list"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
