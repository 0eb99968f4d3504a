# Written by `npm run bootstrap-files` of Muster, which takes back what is changed here
[default]
region = ${GLOBAL_AWS_REGION}

[profile ${AWS_ACCOUNT_NAME}]
region = ${GLOBAL_AWS_REGION}

[profile ${USERS_AWS_ACCOUNT_NAME}_security]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:role/${USERS_IAM_SECURITY_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_admin]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_ADMIN_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_ops]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_OPS_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_dba]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_DBA_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_dbread]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_DBREAD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_developer]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_DEVELOPER_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_read]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_READ_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_security]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_SECURITY_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_monitor]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_MONITOR_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_analyst]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_ANALYST_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${DEV_AWS_ACCOUNT_NAME}_dashboard]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${DEV_AWS_ACCOUNT_ID}:role/${DEV_IAM_DASHBOARD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_admin]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_ADMIN_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_ops]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_OPS_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_dba]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_DBA_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_dbread]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_DBREAD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_developer]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_DEVELOPER_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_read]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_READ_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_security]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_SECURITY_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_monitor]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_MONITOR_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_analyst]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_ANALYST_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${STAGING_AWS_ACCOUNT_NAME}_dashboard]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${STAGING_AWS_ACCOUNT_ID}:role/${STAGING_IAM_DASHBOARD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_admin]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_ADMIN_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_ops]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_OPS_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_dba]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_DBA_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_dbread]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_DBREAD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_read]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_READ_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_security]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_SECURITY_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_monitor]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_MONITOR_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}

[profile ${PROD_AWS_ACCOUNT_NAME}_dashboard]
region = ${GLOBAL_AWS_REGION}
role_arn = arn:aws:iam::${PROD_AWS_ACCOUNT_ID}:role/${PROD_IAM_DASHBOARD_ROLE}
source_profile = ${AWS_ACCOUNT_NAME}
mfa_serial = arn:aws:iam::${USERS_AWS_ACCOUNT_ID}:mfa/${AWS_USER_NAME}
role_session_name = ${AWS_USER_NAME}
